import { aioamocrm } from './proofs/aioamocrm.js';
import { amocrmWrapper } from './proofs/amocrm-wrapper.js';
import { b24jssdk } from './proofs/b24jssdk.js';
import { badBitrix } from './proofs/bad-bitrix.js';
import { creatioApi } from './proofs/creatio-api.js';
import { fastBitrix24 } from './proofs/fast-bitrix24.js';
import { pythonOdata } from './proofs/python-odata.js';
import { shevernitskiyAmo } from './proofs/shevernitskiy-amo.js';
import { slCreatio } from './proofs/sl-creatio.js';

/** One client of each CRM: short enough for `npm test`. */
export const oneForEachCrm = [fastBitrix24, aioamocrm, creatioApi];

/** All of them: `npm run siege -- clients`. */
export const allClients = [
  ...oneForEachCrm,
  badBitrix,
  b24jssdk,
  amocrmWrapper,
  shevernitskiyAmo,
  slCreatio,
  pythonOdata,
];
